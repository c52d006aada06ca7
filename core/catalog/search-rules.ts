import { FIRST_WORD, foldWords } from '../../contract/search-words.ts';

/** Letters of a word that the index holds ready, its mark among them; longer ones it would gather for milliseconds. */
const INDEXED_LETTERS = 4;
/** A person does not type more; each word costs time. */
const MOST_WORDS = 8;

/**
 * A question to the index. `loose` finds at once all that match and some that do not: `isMatch` tells from the words of a
 * product. `strict` finds what matches and nothing else, but slowly where a word begins many others.
 */
export type IndexQuestion = {
  readonly loose: string;
  readonly strict: string;
  readonly isMatch: (indexed: string) => boolean;
};

/** A typed text as questions to the index, the better ones first. */
export type ProductSearch = {
  /** Products whose description begins with the first word. */
  readonly first: IndexQuestion;
  readonly all: IndexQuestion;
  /** Whether a description begins with all that was typed, as it was typed. */
  readonly beginsDescription: (indexed: string) => boolean;
};

/** What a typed text asks for; null when it has no letter or digit. Nothing in it is read as the index's own language. */
export function parseProductSearch(text: string): ProductSearch | null {
  const words = foldWords(text).slice(0, MOST_WORDS);
  const [first, ...rest] = words;
  if (first === undefined) return null;
  const typed = words.join(' ');
  return {
    first: ask([FIRST_WORD + first, ...rest]),
    all: ask(words),
    beginsDescription: (indexed) => indexed.startsWith(typed, indexed.indexOf(' ') + 1),
  };
}

function ask(words: readonly string[]): IndexQuestion {
  const begins = (word: string): string => `"${word}"*`;
  return {
    loose: words.map((word) => begins(word.slice(0, INDEXED_LETTERS))).join(' AND '),
    strict: words.map(begins).join(' AND '),
    isMatch: (indexed) => words.every((word) => indexed.startsWith(word) || indexed.includes(` ${word}`)),
  };
}
