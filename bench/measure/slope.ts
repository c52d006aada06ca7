/** The straight line through `[x, y]` points by least squares: how much y grows with x, and how unsure that is. */
export function fitSlope(points: readonly (readonly [number, number])[]): {
  readonly slope: number;
  /** Standard error of the slope: within twice this of zero nothing can be said to grow. */
  readonly error: number;
} {
  const count = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / count;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / count;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const residue = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return { slope, error: Math.sqrt(residue / (count - 2) / spread) };
}
