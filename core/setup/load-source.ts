import type { Connector } from '../connectors/connector.ts';
import type { PullStep } from './initial-load.ts';

/** Opens the way in through `connector`: the initial load and every day after read registers in the same way. */
export type OpenInbox = (connector: Connector) => PullStep;
