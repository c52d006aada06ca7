/*
 * How a core's process is started, by whoever starts one: the window, the command line, tests. Measured in
 * docs/performance.md, memory.
 */

/**
 * Node's options for a core.
 *
 * Where V8 puts what is new, in MB. Left to itself it takes 64 MB of a machine of 24 GB before it looks what is still
 * needed; a sale leaves next to nothing, and a smaller place is looked through in less time.
 */
export const CORE_NODE_OPTIONS: readonly string[] = ['--max-semi-space-size=4'];

/**
 * Variables of a core's environment, for the C library of Linux; the others know none of them.
 *
 * A PIN takes 19 MB while it is checked. The first such block to be given back raises, for good, the size from which the library
 * asks the system for a block of its own: the next ones come out of the heap of each thread and stay there, 200 MB after
 * some discounts with a superior's leave. A fixed size gives each back at once.
 */
export const CORE_ENVIRONMENT: Readonly<Record<string, string>> = { MALLOC_MMAP_THRESHOLD_: '1048576' };

/** Node's arguments for a core: `program` on the folder `data`; `nodeOptions` come after its own. */
export function coreArguments(program: string, data: string, nodeOptions: readonly string[] = []): string[] {
  return [...CORE_NODE_OPTIONS, ...nodeOptions, program, '--data', data];
}

/** What a core inherits of its parent's environment: nothing that steers Electron, Node or a debugger. */
export function coreEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const kept = Object.entries(inherited).filter(([name]) => !/^(ELECTRON_|NODE_OPTIONS$|NODE_CHANNEL_)/.test(name));
  return { ...Object.fromEntries(kept), ...CORE_ENVIRONMENT };
}
