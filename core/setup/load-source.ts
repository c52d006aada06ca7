import type { Database } from '../../db/database-types.ts';
import { saveBranch, saveGroup, saveStation } from '../../db/station-queries.ts';
import { DEFAULT_TIME_ZONE } from '../../contract/format.ts';
import type { Connector, Remote } from '../connectors/connector.ts';
import type { LoadStep, PullStep } from './initial-load.ts';

/** The registers that replication keeps up to date afterwards, in the same way as they are loaded first. */
export type InboxStep = Exclude<LoadStep, 'station' | 'branch' | 'customers'>;

/** Brings one register into the database in small transactions, from where its cursor stands. */
export type PullRegister = (register: InboxStep, onRows: (rows: number) => void) => Promise<Remote<number>>;
export type OpenInbox = (connector: Connector) => PullRegister;

/** What each step of the initial load reads, and where it goes. */
export function createLoadSource(db: Database, connector: Connector, openInbox: OpenInbox): PullStep {
  const pullRegister = openInbox(connector);

  async function pullStations(): Promise<Remote<number>> {
    const groups = await connector.readGroups();
    if (!groups.ok) return groups;
    const stations = await connector.readStations();
    if (!stations.ok) return stations;
    db.write((tx) => {
      for (const group of groups.value) saveGroup(tx, { ...group, policies: JSON.stringify(group.policies) });
      for (const station of stations.value) saveStation(tx, station);
    });
    return { ok: true, value: groups.value.length + stations.value.length };
  }

  async function pullBranches(): Promise<Remote<number>> {
    const branches = await connector.readBranches();
    if (!branches.ok) return branches;
    db.write((tx) => {
      for (const branch of branches.value) saveBranch(tx, { ...branch, timeZone: DEFAULT_TIME_ZONE });
    });
    return { ok: true, value: branches.value.length };
  }

  /** Enrolment chose the default customer; a station keeps no other ones yet. It still has to be there. */
  async function checkDefaultCustomer(): Promise<Remote<number>> {
    const customer = await connector.findDefaultCustomer();
    if (!customer.ok) return customer;
    if (customer.value !== null) return { ok: true, value: 1 };
    return {
      ok: false,
      failure: { class: 'refused', text: 'sem cliente padrão (CONSUMIDOR)', method: 'clientes/lista' },
    };
  }

  return (step, onRows) => {
    if (step === 'station') return pullStations();
    if (step === 'branch') return pullBranches();
    return step === 'customers' ? checkDefaultCustomer() : pullRegister(step, onRows);
  };
}
