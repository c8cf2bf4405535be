import type { Terminal } from './terminal';

const QUIET_MILLISECONDS = 1_000;
const APART_MILLISECONDS = 100;
const CLEAR_LINE = '\r\u001b[K';

/** Says on the terminal what takes so long, and nothing at all where nothing does or nobody looks. */
export class Progress {
  private readonly shows: boolean;
  private next = Date.now() + QUIET_MILLISECONDS;
  private shown = false;

  constructor(private readonly stderr: Terminal['stderr']) {
    this.shows = stderr.isTTY === true;
  }

  show(text: () => string): void {
    const now = Date.now();
    if (!this.shows || now < this.next) return;
    this.next = now + APART_MILLISECONDS;
    this.shown = true;
    this.stderr.write(CLEAR_LINE + text());
  }

  done(): void {
    if (this.shown) this.stderr.write(CLEAR_LINE);
    this.shown = false;
  }
}
