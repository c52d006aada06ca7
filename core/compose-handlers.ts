import type { StationView } from '../contract/station-views.ts';
import { ok } from '../contract/result.ts';
import { catalogQueries } from './catalog/catalog-queries.ts';
import { createBackOfficeHandlers } from './back-office/back-office-actions.ts';
import { createCancelSale } from './sale/cancel-sale.ts';
import { createCashSessionHandlers } from './cash-session/cash-session-handlers.ts';
import { createCompleteSale } from './sale/complete-sale.ts';
import { createCustomerActions } from './customer/customer-actions.ts';
import { createCustomerCommands } from './customer/customer-commands.ts';
import { createItemCommands } from './sale/item-commands.ts';
import { createLogout, createOperatorActions } from './operator/operator-actions.ts';
import { createPeopleCommands } from './sale/people-commands.ts';
import { createTenderCommands, paymentQueries } from './sale/tender-commands.ts';
import { discountCommands } from './sale/discount-commands.ts';
import { operatorQueries } from './operator/operator-queries.ts';
import { parkCommands } from './sale/park-commands.ts';
import { movementListQueries, movementQueries } from './movement/movement-queries.ts';
import { partingCommands } from './customer/erase-customer.ts';
import { summaryQueries } from './summary/summary-queries.ts';
import { saleQueries } from './sale/sale-queries.ts';
import type { Backups } from './backup/backups.ts';
import type { CorePorts } from './compose-core.ts';
import type { Handlers } from './handlers.ts';
import { pixHandlers } from './pix/pix-commands.ts';
import type { Printing } from './printing/printing.ts';
import type { Replication } from './replication.ts';
import type { Setup } from './setup/create-setup.ts';
import type { ServerClock } from './setup/server-clock.ts';
import type { StationEvents } from './station-events.ts';

/** The parts of a core that answer calls, and what of the machine they need. */
export type AnsweringParts = Pick<CorePorts, 'db' | 'clock' | 'random' | 'checkPin' | 'health'> & {
  readonly events: StationEvents;
  readonly viewStation: () => StationView;
  readonly serverClock: ServerClock;
  readonly setup: Setup;
  readonly replication: Replication;
  readonly backups: Backups;
  readonly printing: Printing;
};

/** Every method of the contract with the part of the station that answers it; one that is missing does not compile. */
export function composeHandlers(parts: AnsweringParts): Handlers {
  const { clock, random, events, viewStation, replication } = parts;
  const operatorActions = createOperatorActions(parts);
  return {
    'station.view': () => ok(viewStation()),
    'station.health': () => ok(parts.health.view(clock.nowMs())),
    ...parts.setup.handlers,
    ...operatorQueries,
    ...operatorActions,
    'operator.login': async (input, leave) => {
      const result = await operatorActions['operator.login'](input, leave);
      if (result.ok) events.emit('station.changed', viewStation);
      return result;
    },
    'operator.logout': createLogout(viewStation),
    ...createCashSessionHandlers({ clock, random, findClockOffset: parts.serverClock.find }),
    ...catalogQueries,
    ...paymentQueries,
    ...saleQueries,
    ...createItemCommands({ random }),
    ...discountCommands,
    ...createPeopleCommands({ random }),
    ...createCustomerCommands({ random }),
    ...createCustomerActions({ ...parts, connector: replication.onlineConnector }),
    ...partingCommands,
    ...createTenderCommands({ random }),
    ...pixHandlers,
    ...createCompleteSale({ random }),
    ...parkCommands,
    ...createCancelSale({ random }),
    ...summaryQueries,
    ...movementListQueries,
    ...movementQueries,
    ...parts.backups.handlers,
    ...parts.printing.handlers,
    ...replication.handlers,
    ...createBackOfficeHandlers({ ...parts, currentConnector: replication.startedConnector }),
  };
}
