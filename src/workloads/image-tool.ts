/** A program in the image, which a hook or a probe may use. */
export enum ImageTool {
  SH = 'sh',
  SLEEP = 'sleep',
  TOUCH = 'touch',
  RM = 'rm',
  CURL = 'curl',
  WGET = 'wget',
  PYTHON3 = 'python3',
}
