import { cpus, loadavg, totalmem } from 'node:os';
import type { Bench } from '../bench.ts';
import type { Measured } from './rounds.ts';

/** Processors, memory and load: a figure without them says nothing. */
export function describeMachine(): string {
  const [first] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const load = loadavg().map((value) => value.toFixed(1));
  return `${cpus().length} x ${first?.model.trim() ?? 'unknown'}, ${gigabytes} GB, Node ${process.version}, load ${load.join(' ')}`;
}

/** A result for a person. */
export function describeResult(bench: Bench, measured: Measured): string {
  const { unit } = measured;
  const details = Object.entries(measured.details).map(([key, value]) => `  ${key.padEnd(24)} ${value}`);
  return [
    `${bench.name}: ${bench.summary}`,
    `  product  ${measured.value} ${unit}   (p50 ${measured.p50}, p99 ${measured.p99}; ${measured.samples} samples in ${measured.rounds} rounds)`,
    `  floor    ${measured.floor} ${unit}   (p99 ${measured.floorP99})`,
    `  ratio    ${measured.ratio}`,
    `  target   ${bench.target.text}: ${bench.target.isMet(measured) ? 'met' : 'MISSED'}`,
    ...details,
  ].join('\n');
}
