import { z } from 'zod';
import { EnrolmentInput, ServerLogin } from './enrolment-input.ts';
import { action } from './method.ts';
import { DoctorCheckView, LoadView, StationView } from './station-views.ts';

const none = z.object({});

/** What any call to a server may come to for the person who typed its address. */
export const fromServer = ['server_unreachable', 'server_wrong', 'password_wrong', 'server_busy'] as const;

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
  'setup.enrol': action(EnrolmentInput, StationView, [
    'already_enrolled',
    'server_url_invalid',
    'station_unknown',
    'station_claimed',
    'register_incomplete',
    ...fromServer,
  ]),
  'setup.load': action(none, LoadView, ['station_not_enrolled']),
  'demo.setServer': action(z.object({ running: z.boolean() }), StationView, ['not_demo', 'server_unreachable']),
} as const;
