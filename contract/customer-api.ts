import { z } from 'zod';
import { CustomerChange, CustomerInput, CustomerSearchView, CustomerView } from './customer-views.ts';
import { CommandId, Id, Instant } from './ids.ts';
import { action, command } from './method.ts';
import { SaleRowView } from './sale-views.ts';

/** The methods about customers: part of the station's. Naming one on a sale is `sale.setCustomer`. */
export const customerApi = {
  /**
   * By CPF, or the beginning of any word of the name; at most 20 rows. `online` asks the ERP too, which answers within
   * two seconds or not at all. Every look-up is audited.
   */
  'customer.search': action(
    z.object({ text: z.string().trim().max(60), online: z.boolean().default(false) }),
    CustomerSearchView,
    ['login_required', 'cpf_invalid', 'search_too_short'],
  ),
  /** Registers here a customer whom the ERP has: nothing is typed again, and nothing is sent. */
  'customer.fetch': action(z.object({ customerId: z.int() }), CustomerView, [
    'login_required',
    'customer_not_at_server',
    'server_unreachable',
    'server_wrong',
    'password_wrong',
    'server_busy',
    'user_connected',
  ]),
  /** The whole customer, for whoever corrects it; audited. */
  'customer.get': action(z.object({ personId: Id }), CustomerView, ['login_required', 'customer_not_found']),
  /** A CPF that is registered here is that customer, who takes what was given. */
  'customer.register': command(CustomerInput.extend({ commandId: CommandId }), CustomerView, [
    'login_required',
    'cpf_invalid',
    'command_reused',
  ]),
  'customer.update': command(CustomerChange.extend({ commandId: CommandId, personId: Id }), CustomerView, [
    'login_required',
    'customer_not_found',
    'command_reused',
  ]),
  /**
   * Sends a completed sale on without its customer, whom the ERP refuses: it goes with the customer that stands for
   * everybody, for good. Only as long as the sale waits for the customer, or was refused itself: perhaps because the ERP
   * lost the customer. The reason is audited.
   */
  'customer.detach': command(
    z.object({
      commandId: CommandId,
      saleId: Id,
      reason: z.string().trim().min(3).max(200).nullable().default(null),
    }),
    SaleRowView,
    ['login_required', 'sale_not_found', 'customer_not_waiting', 'command_reused'],
  ),
  /**
   * Erases what the station knows of a person, for ever: documents keep an id and a commitment that nobody can open any
   * more. Not as long as the ERP has not been told of the customer, or sales wait for it.
   */
  'customer.erase': command(
    z.object({ commandId: CommandId, personId: Id, approvalId: Id.nullable().default(null) }),
    z.object({ personId: Id, erasedAt: Instant }),
    [
      'login_required',
      'customer_not_found',
      'customer_undelivered',
      'permission_required',
      'permission_denied',
      'approval_invalid',
      'command_reused',
    ],
  ),
} as const;
