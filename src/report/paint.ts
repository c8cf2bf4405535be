/** How a part of a text is set off on a terminal; the names are those of `util.styleText`. */
export type Style = 'red' | 'yellow' | 'cyan' | 'green' | 'dim' | 'bold';
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_style, text) => text;
