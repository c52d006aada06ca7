import type { StationView } from '../contract/station-views.ts';
import { ok } from '../contract/result.ts';
import type { Database } from '../db/database-types.ts';
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
import type { Clock } from './clock.ts';
import type { Handlers } from './handlers.ts';
import type { CheckPin } from './operator/check-pin.ts';
import { pixHandlers } from './pix/pix-commands.ts';
import type { Printing } from './printing/printing.ts';
import type { Random } from './random.ts';
import type { Replication } from './replication.ts';
import type { Setup } from './setup/create-setup.ts';
import type { ServerClock } from './setup/server-clock.ts';
import type { StationEvents } from './station-events.ts';
import type { StationHealth } from './station-health.ts';

/** Every method of the contract with the part of the station that answers it; one that is missing does not compile. */
export function composeHandlers({
  db,
  clock,
  random,
  checkPin,
  health,
  events,
  viewStation,
  serverClock,
  setup,
  replication,
  backups,
  printing,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly checkPin: CheckPin;
  readonly health: StationHealth;
  readonly events: StationEvents;
  readonly viewStation: () => StationView;
  readonly serverClock: ServerClock;
  readonly setup: Setup;
  readonly replication: Replication;
  readonly backups: Backups;
  readonly printing: Printing;
}): Handlers {
  const operatorActions = createOperatorActions({ db, clock, random, checkPin });
  return {
    'station.view': () => ok(viewStation()),
    'station.health': () => ok(health.view(clock.nowMs())),
    ...setup.handlers,
    ...operatorQueries,
    ...operatorActions,
    'operator.login': async (input, leave) => {
      const result = await operatorActions['operator.login'](input, leave);
      if (result.ok) events.emit('station.changed', viewStation);
      return result;
    },
    'operator.logout': createLogout(viewStation),
    ...createCashSessionHandlers({ clock, random, findClockOffset: serverClock.find }),
    ...catalogQueries,
    ...paymentQueries,
    ...saleQueries,
    ...createItemCommands({ random }),
    ...discountCommands,
    ...createPeopleCommands({ random }),
    ...createCustomerCommands({ random }),
    ...createCustomerActions({ db, clock, random, connector: replication.onlineConnector }),
    ...partingCommands,
    ...createTenderCommands({ random }),
    ...pixHandlers,
    ...createCompleteSale({ random }),
    ...parkCommands,
    ...createCancelSale({ random }),
    ...summaryQueries,
    ...movementListQueries,
    ...movementQueries,
    ...backups.handlers,
    ...printing.handlers,
    ...replication.handlers,
    ...createBackOfficeHandlers({ db, clock, currentConnector: replication.connector }),
  };
}
