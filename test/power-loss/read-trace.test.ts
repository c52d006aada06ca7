import { expect, it } from 'vitest';
import { readTrace } from './read-trace.ts';

/* What strace writes of a process that is killed, in the three shapes seen of it. */

const FOLDER = '/till';

function hex(text: string): string {
  return [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

/** The start of the trace of process 7, which has answered call 1. */
const before = `7 write(1<${hex('pipe')}>, "${hex('{"id":1}\n')}", 9) = 9\n`;
const call = `7 write(1<${hex('pipe')}>, "${hex('{"id":2}\n')}", 9`;
const unfinished = `${call} <unfinished ...>\n`;
const killed = '7 +++ killed by SIGKILL +++\n';

it.each([
  ['before its end was seen', `${call}) = ?\n${killed}`],
  ['while another thread is told', `${unfinished}${killed}`],
  ['and resumed for its end', `${unfinished}7 <... write resumed>) = ?\n${killed}`],
])('a reply counts whose write was cut short by the kill: %s', (_, end) => {
  expect(readTrace(before + end, FOLDER, 3)).toEqual([
    { kind: 'reply', run: 3, id: 1 },
    { kind: 'reply', run: 3, id: 2 },
  ]);
});
