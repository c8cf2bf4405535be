/** Something that the user has to know or change: its message is a sentence, and is all that is shown. */
export class Problem extends Error {}
