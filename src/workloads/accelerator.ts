/** What one pod takes of an extended resource, and the taint that its nodes usually carry. */
export class Accelerator {
  /** Whole NVIDIA GPUs: `nvidia.com/gpu`. */
  public static nvidia(count: number): Accelerator {
    return new Accelerator('nvidia.com/gpu', count);
  }

  /**
   * Slices of NVIDIA GPUs in the MIG strategy `mixed`: `nvidia.com/mig-<profile>`.
   *
   * @param profile for example `1g.10gb`
   */
  public static nvidiaMig(profile: string, count: number): Accelerator {
    if (!/^[1-7]g\.\d+gb(\.me)?$/.test(profile)) {
      throw new Error(`Accelerator.nvidiaMig: '${profile}' is not a MIG profile such as 1g.10gb`);
    }
    return new Accelerator(`nvidia.com/mig-${profile}`, count, 'nvidia.com/gpu');
  }

  /** AMD GPUs: `amd.com/gpu`. */
  public static amd(count: number): Accelerator {
    return new Accelerator('amd.com/gpu', count);
  }

  /** Intel GPUs with the xe driver: `gpu.intel.com/xe`. */
  public static intel(count: number): Accelerator {
    return new Accelerator('gpu.intel.com/xe', count);
  }

  /** Google TPU chips: `google.com/tpu`. */
  public static tpu(count: number): Accelerator {
    return new Accelerator('google.com/tpu', count);
  }

  /** AWS Neuron devices: `aws.amazon.com/neuron`. */
  public static neuron(count: number): Accelerator {
    return new Accelerator('aws.amazon.com/neuron', count);
  }

  /**
   * Any other extended resource.
   *
   * @param resourceName with its domain, for example `example.com/npu`
   */
  public static custom(resourceName: string, count: number): Accelerator {
    if (!/^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z0-9]+\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(resourceName)) {
      throw new Error(
        `Accelerator.custom: '${resourceName}' is not the name of an extended resource, such as example.com/npu`,
      );
    }
    return new Accelerator(resourceName, count);
  }

  private constructor(
    /** The extended resource's name. */
    public readonly resourceName: string,
    /** How many each pod takes: whole devices, since Kubernetes shares no fraction of one. */
    public readonly count: number,
    /** The taint key that is tolerated. */
    public readonly taintKey: string = resourceName,
  ) {
    if (!Number.isInteger(count) || count < 1) {
      throw new Error(`Accelerator ${resourceName}: ${count} is not a whole number of at least 1`);
    }
  }
}
