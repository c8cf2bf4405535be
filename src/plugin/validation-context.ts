/**
 * What cdk8s-cli hands to a validation plugin, as far as it is used here. By its shape, so that cdk8s-cli need not be
 * installed beside the library.
 *
 * @see https://github.com/cdk8s-team/cdk8s-cli/blob/2.x/src/plugins/validation.ts
 */
export interface ValidationContext {
  /** Files that were synthesized, by their paths from the folder that `cdk8s synth` runs in. */
  readonly manifests: readonly string[];
  readonly report: ValidationReport;
}

export interface ValidationReport {
  addViolation(violation: ValidationViolation): void;
  /** Must be called, after all violations were added. */
  submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
}

export interface ValidationViolation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly {
    readonly resourceName: string;
    readonly manifestPath: string;
    readonly locations: readonly string[];
  }[];
}
