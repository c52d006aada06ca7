import { z } from 'zod';
import { CustomerChange, CustomerInput, CustomerRowView, CustomerView } from './customer-views.ts';
import { CommandId, Id } from './ids.ts';
import { action, command } from './method.ts';

/** The methods about customers: part of the station's. Naming one on a sale is `sale.setCustomer`. */
export const customerApi = {
  /** By CPF, or the beginning of any word of the name; at most 20 rows. Every look-up is audited. */
  'customer.search': action(z.object({ text: z.string().trim().max(60) }), z.array(CustomerRowView), [
    'login_required',
    'cpf_invalid',
    'search_too_short',
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
} as const;
