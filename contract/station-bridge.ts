import type { StationEvent } from './station-api.ts';

/** How the core is, as the window is told: `reason`, `nextStep` and `shortCode` are words for a person, in their language. */
export type CoreState = {
  readonly state: 'starting' | 'ready' | 'restarting' | 'stopped';
  readonly reason?: string;
  readonly nextStep?: string;
  readonly shortCode?: string;
  readonly exitCode?: number;
  /** The last lines the core wrote about its own end, for support. */
  readonly details?: string;
  /** How often the core was started again since the window opened. */
  readonly restarts: number;
};

/** A paper to be saved as PDF: the name that is proposed, and how long the paper is. */
export type PdfRequest = { readonly fileName: string; readonly heightMm: number };
/** What came of it. `reason`: the system's own words. */
export type PdfOutcome =
  | { readonly outcome: 'saved'; readonly file: string }
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'failed'; readonly file: string; readonly reason: string };

/** What a page finds at `window.station`: all it can reach of the outside. */
export type StationBridge = {
  readonly call: (method: string, input: unknown) => Promise<unknown>;
  readonly onEvent: (listen: (event: StationEvent) => void) => () => void;
  readonly onCore: (listen: (state: CoreState) => void) => () => void;
  readonly coreState: () => Promise<CoreState>;
  readonly restartCore: () => void;
  readonly quit: () => void;
  /** Saves the paper that the page marked where the person says. */
  readonly savePdf: (request: PdfRequest) => Promise<PdfOutcome>;
  readonly language: string;
};
