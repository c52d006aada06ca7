import { z } from 'zod';
import { EnrolmentInput, PaymentMapping, ServerLogin } from './enrolment-input.ts';
import { Id, StationCode } from './ids.ts';
import { action, command, query } from './method.ts';
import { PaymentMappingView, PricePreviewView, ReplacedStationView, StationChoiceView } from './setup-views.ts';
import { DoctorCheckView, LoadView, StationView } from './station-views.ts';

const none = z.object({});

/** What any call to a server may come to for the person who typed its address. */
export const fromServer = [
  'server_unreachable',
  'server_wrong',
  'password_wrong',
  'server_busy',
  'user_connected',
] as const;

/** What changes the station itself: from the window by who may or with a superior's leave, else by the machine's account. */
export const administration = {
  input: { approvalId: Id.nullable().default(null) },
  refusals: ['login_required', 'permission_required', 'permission_denied', 'approval_invalid'],
} as const;

/** What binding a station to a server may be refused for. */
const enrolling = [
  'already_enrolled',
  'server_url_invalid',
  'station_unknown',
  'station_claimed',
  'user_taken',
  'register_incomplete',
  'salesperson_unknown',
  'payment_type_unknown',
  ...fromServer,
] as const;

/** The methods that bind a station to its server and look after that bond; part of `stationApi`. */
export const setupMethods = {
  'station.doctor': action(none, z.array(DoctorCheckView), []),

  'setup.openDemo': action(
    z.object({ products: z.int().min(10).max(200_000).default(10_000), seed: z.int().default(1) }),
    StationView,
    ['already_enrolled', 'server_unreachable', 'server_wrong', 'register_incomplete'],
  ),
  /** Step by step, as `doctor` does it, before anything is kept: every step has its own state and advice. */
  'setup.testConnection': action(ServerLogin, z.array(DoctorCheckView), ['server_url_invalid']),
  /** The ERP's stations, for the person who says which of them this machine is. */
  'setup.stations': action(ServerLogin, z.array(StationChoiceView), ['server_url_invalid', ...fromServer]),
  /** Five products, for the manager to compare with their tags before a price column is chosen. */
  'setup.previewPrices': action(ServerLogin.extend({ stationCode: StationCode }), z.array(PricePreviewView), [
    'server_url_invalid',
    'station_unknown',
    'register_incomplete',
    ...fromServer,
  ]),
  /** What the ERP's payment types would be taken for, before enrolment. */
  'setup.previewPaymentTypes': action(ServerLogin, z.array(PaymentMappingView), ['server_url_invalid', ...fromServer]),
  'setup.enrol': action(EnrolmentInput, StationView, enrolling),
  /**
   * Enrols this machine in the place of a dead one, with a new code: the dead one's numbers are never continued, and
   * what is still on its disk can be delivered from there. Needs a login of support, a manager's PIN of the ERP's
   * register, and a reason; audited.
   */
  'setup.replace': action(
    EnrolmentInput.extend({
      replaces: StationCode,
      supportUser: z.string().trim().min(1),
      supportPassword: z.string(),
      operatorCode: z.string().min(1).max(20),
      pin: z.string().min(1).max(12),
      reason: z.string().trim().min(3).max(200),
    }),
    z.object({ station: StationView, replaced: ReplacedStationView }),
    [
      ...enrolling,
      'code_not_new',
      'station_never_used',
      'station_alive',
      'station_replaced',
      'support_login_needed',
      'operator_unknown',
      'pin_wrong',
      'operator_locked',
      'permission_required',
    ],
  ),
  /**
   * Follows the ERP to another address, user or password (null: as it is); tried before it is kept, audited. The
   * station, its numbers and its documents stay.
   */
  'setup.setServer': action(
    z.object({
      server: z.string().nullable().default(null),
      user: z.string().trim().min(1).nullable().default(null),
      password: z.string().nullable().default(null),
      ...administration.input,
    }),
    StationView,
    [
      ...administration.refusals,
      'station_not_enrolled',
      'server_fixed',
      'server_url_invalid',
      'station_unknown',
      'station_claimed',
      'user_taken',
      'register_incomplete',
      ...fromServer,
    ],
  ),
  'setup.paymentTypes': query(none, z.array(PaymentMappingView), []),
  /** Takes payment types for other kinds from now on; what was sold keeps the kind it was sold as. */
  'setup.mapPaymentTypes': command(
    z.object({ paymentKinds: z.array(PaymentMapping).min(1), ...administration.input }),
    z.array(PaymentMappingView),
    [...administration.refusals, 'station_not_enrolled', 'payment_type_unknown'],
  ),
  'setup.load': action(none, LoadView, ['station_not_enrolled']),
  'demo.setServer': action(z.object({ running: z.boolean() }), StationView, ['not_demo', 'server_unreachable']),
} as const;
