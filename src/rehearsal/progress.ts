/** Tells a person what goes on: on a terminal in one line that changes, elsewhere with a line for each step. */
export class Progress {
  private step = '';
  private since = Date.now();
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly stream: { write(text: string): unknown; readonly isTTY?: boolean },
    private readonly details: () => string = () => '',
  ) {}

  begin(step: string): void {
    this.step = step;
    this.since = Date.now();
    if (!this.stream.isTTY) {
      this.stream.write(`${step}\n`);
      return;
    }
    this.draw();
    this.timer ??= setInterval(() => this.draw(), 500).unref();
  }

  end(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    if (this.stream.isTTY) this.stream.write('\r\u001b[K');
  }

  private draw(): void {
    const seconds = Math.round((Date.now() - this.since) / 1000);
    const details = [`${seconds} s`, this.details()].filter(Boolean).join(', ');
    this.stream.write(`\r\u001b[K${this.step}: ${details}`);
  }
}
