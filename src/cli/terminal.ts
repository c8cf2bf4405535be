import { styleText } from 'node:util';
import { Problem } from '../problem';
import { type Paint, plain } from '../report/paint';

/** What a command reads from and writes to; a test hands in its own. */
export interface Terminal {
  readonly stdin: AsyncIterable<Buffer | string>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from. */
  readonly cwd: string;
}

export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean };

const BATCH_CHARACTERS = 65_536;

/** Writes as fast as the other end reads. An end that has gone away, as that of `| head`, has read enough. */
export async function write(output: Output, texts: Iterable<string>): Promise<void> {
  output.on('error', () => {}); // the callback below is told of it too
  try {
    for (const batch of batches(texts)) {
      await new Promise<void>((resolve, reject) => {
        output.write(batch, (error) => (error ? reject(error) : resolve()));
      });
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'EPIPE' && code !== 'ERR_STREAM_DESTROYED') throw new Problem(`cannot write: ${message}`);
  }
}

function* batches(texts: Iterable<string>): Iterable<string> {
  let batch = '';
  for (const text of texts) {
    batch += text;
    if (batch.length < BATCH_CHARACTERS) continue;
    yield batch;
    batch = '';
  }
  if (batch !== '') yield batch;
}

/** `--no-color` decides, then NO_COLOR, then FORCE_COLOR, then whether a person reads it. */
export function paintFor(output: Output, env: Terminal['env'], noColour = false): Paint {
  if (noColour || (env.NO_COLOR ?? '') !== '') return plain;
  const { FORCE_COLOR: forced, TERM: terminal } = env;
  const wanted = forced === undefined ? output.isTTY === true && terminal !== 'dumb' : !/^(?:0|false)$/.test(forced);
  return wanted ? coloured : plain;
}

/** What Node would ask of its own standard output is decided already. */
const coloured: Paint = (style, text) => styleText(style, text, { validateStream: false });
