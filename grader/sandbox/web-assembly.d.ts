/** Of the language's own library only what is used here: TypeScript has it in the browser's types. */
declare namespace WebAssembly {
  class Memory {
    /** In pages of 64 KiB. */
    constructor(pages: { readonly initial: number; readonly maximum: number });
    readonly buffer: ArrayBuffer;
  }
}
