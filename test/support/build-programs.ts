import type { TestProject } from 'vitest/node';
import { buildApp, programs } from '../../scripts/build.ts';

/** Before any test, and before each that is run again: the programs that the tests start, from the sources as they are. */
export async function setup(project: TestProject): Promise<void> {
  await build();
  project.onTestsRerun(build);
}

async function build(): Promise<void> {
  // oxlint-disable-next-line no-console -- the only way a set-up of the test runner can say what it makes
  await buildApp((line) => console.log(line), programs);
}
