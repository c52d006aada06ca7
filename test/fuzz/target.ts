import type { Arbitrary } from 'fast-check';

export const TARGET_NAMES = ['lines', 'connector', 'decoder', 'contract'] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

/** Something of the product that takes what others send. */
export type Target = {
  readonly name: TargetName;
  /** Its share of all cases, against the others'. */
  readonly share: number;
  readonly values: Arbitrary<unknown>;
  /** Before each batch: brings what it runs on into a state where there is something to break. */
  readonly prepare?: () => Promise<void>;
  /** Answers how the case ended; throws `Finding` for what must not be, anything else thrown is a crash. */
  readonly run: (value: unknown) => Promise<'ok' | 'refused'> | 'ok' | 'refused';
  /** What breaks the promises of the store, looked for after each thousand cases. */
  readonly check?: () => readonly string[];
  readonly close?: () => Promise<void>;
};

/** An outcome that no case may have. */
export class Finding extends Error {
  override readonly name = 'Finding';
  readonly kind: 'internal' | 'hang' | 'wrong';

  constructor(kind: Finding['kind'], text: string) {
    super(text);
    this.kind = kind;
  }
}
