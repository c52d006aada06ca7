import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/wizard.css';
import './styles/setup.css';
import './styles/till.css';
import './styles/payment.css';
import './styles/search.css';
import './styles/lists.css';
import './styles/cash.css';
import './styles/pix.css';
import './styles/contrast.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { App } from './app.tsx';
import { connectStation } from './station-calls.ts';
import { getStationBridge } from './station.ts';
import { theme } from './theme.ts';

// The policy of the page forbids code made from strings, which zod would otherwise try.
z.config({ jitless: true });

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <App station={connectStation(getStationBridge())} />
    </MantineProvider>
  </StrictMode>,
);
