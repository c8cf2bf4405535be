/** The text of a file, and what is to be said of how it was encoded. */
export interface Decoded {
  readonly text: string;
  /** Bytes that are no UTF-8 stand as U+FFFD in the text. */
  readonly isBroken: boolean;
  readonly note?: string;
}

/** What a JavaScript engine holds in one string, for certain. */
export const MOST_BYTES = 500_000_000;

/** Kubernetes' tools take UTF-8; Windows' editors and shells write UTF-16 with a byte order mark. */
export function decode(content: Uint8Array | string): Decoded {
  if (typeof content === 'string') {
    return { text: content.startsWith('\ufeff') ? content.slice(1) : content, isBroken: false };
  }
  const utf16 = content[0] === 0xff && content[1] === 0xfe ? 'utf-16le' : undefined;
  const encoding = utf16 ?? (content[0] === 0xfe && content[1] === 0xff ? 'utf-16be' : undefined);
  if (encoding) {
    return {
      text: new TextDecoder(encoding).decode(content),
      isBroken: false,
      note: `the file is encoded as ${encoding.toUpperCase()}, which kubectl does not read: save it as UTF-8`,
    };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(content), isBroken: false };
  } catch {
    return { text: new TextDecoder('utf-8').decode(content), isBroken: true };
  }
}
