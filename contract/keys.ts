import { z } from 'zod';

/** Where in the window a key means something: two functions may share a key where they never meet. */
export const KEY_PLACES = ['everywhere', 'till', 'payment', 'finished', 'sales', 'pix', 'cash', 'customer'] as const;
export type KeyPlace = (typeof KEY_PLACES)[number];

/**
 * Every function of the till that has a key, in the order people read them: its name in the code, in the ERP's policy
 * `teclas`, the key that holds where the group says nothing, and where it acts.
 *
 * Bindings, buttons, the overlay of keys and the printed card read this list and no other.
 */
export const KEY_FUNCTIONS = [
  { name: 'help', erp: 'ajuda', key: 'F1', places: ['everywhere'] },
  { name: 'lock', erp: 'bloquear', key: 'F12', places: ['everywhere'] },
  { name: 'sync', erp: 'servidor', key: 'Ctrl+S', places: ['everywhere'] },
  { name: 'cpf', erp: 'cpf', key: 'F2', places: ['till'] },
  { name: 'customer', erp: 'cliente', key: 'Ctrl+F2', places: ['till'] },
  { name: 'search', erp: 'buscar', key: 'F3', places: ['till'] },
  { name: 'salesperson', erp: 'vendedor', key: 'F4', places: ['till'] },
  { name: 'discount', erp: 'desconto', key: 'F5', places: ['till'] },
  { name: 'removeItem', erp: 'tirarItem', key: 'F6', places: ['till'] },
  { name: 'park', erp: 'suspender', key: 'F7', places: ['till', 'cash'] },
  { name: 'pay', erp: 'receber', key: 'F9', places: ['till'] },
  { name: 'cash', erp: 'caixa', key: 'F11', places: ['till'] },
  { name: 'priceCheck', erp: 'consultarPreco', key: 'Ctrl+P', places: ['till'] },
  { name: 'sales', erp: 'movimentacoes', key: 'Ctrl+L', places: ['till', 'finished', 'cash'] },
  { name: 'summary', erp: 'resumo', key: 'Ctrl+D', places: ['till'] },
  { name: 'pix', erp: 'pix', key: 'Ctrl+B', places: ['till', 'sales', 'cash'] },
  { name: 'openDrawer', erp: 'abrirGaveta', key: 'Ctrl+G', places: ['till'] },
  { name: 'abandon', erp: 'desistir', key: 'Ctrl+Delete', places: ['till'] },
  { name: 'finish', erp: 'finalizar', key: 'F10', places: ['payment'] },
  { name: 'printAgain', erp: 'reimprimir', key: 'Ctrl+I', places: ['sales', 'finished', 'cash'] },
  { name: 'cancelSale', erp: 'cancelarVenda', key: 'Delete', places: ['sales'] },
  { name: 'findMovement', erp: 'filtrar', key: 'F3', places: ['sales'] },
  { name: 'goTo', erp: 'irPara', key: 'F4', places: ['sales'] },
  { name: 'recheck', erp: 'conferirNoErp', key: 'F5', places: ['sales'] },
  { name: 'resend', erp: 'reenviar', key: 'F6', places: ['sales'] },
  { name: 'detach', erp: 'enviarSemCliente', key: 'F7', places: ['sales'] },
  { name: 'discard', erp: 'descartar', key: 'F8', places: ['sales'] },
  { name: 'pixFound', erp: 'pixEncontrado', key: 'F8', places: ['pix', 'payment'] },
  { name: 'pixNotFound', erp: 'pixNaoEncontrado', key: 'F6', places: ['pix', 'payment'] },
  { name: 'pixReturned', erp: 'pixDevolvido', key: 'F7', places: ['pix'] },
  { name: 'supply', erp: 'suprimento', key: 'F2', places: ['cash'] },
  { name: 'withdrawal', erp: 'sangria', key: 'F3', places: ['cash'] },
  { name: 'partial', erp: 'resumoParcial', key: 'F4', places: ['cash'] },
  { name: 'cashPapers', erp: 'papeisCaixa', key: 'F6', places: ['cash'] },
  { name: 'recount', erp: 'recontar', key: 'F5', places: ['cash'] },
  { name: 'closeSession', erp: 'fecharCaixa', key: 'F10', places: ['cash'] },
  { name: 'registerCustomer', erp: 'cadastrarCliente', key: 'F3', places: ['customer'] },
] as const satisfies readonly {
  readonly name: string;
  readonly erp: string;
  readonly key: string;
  readonly places: readonly KeyPlace[];
}[];

export type KeyFunction = (typeof KEY_FUNCTIONS)[number]['name'];
const KeyFunctionName = z.enum(KEY_FUNCTIONS.map(({ name }) => name) as [KeyFunction, ...KeyFunction[]]);

/** The key of every function: none is without one. Names of keys as the window hears them: `F9`, `Ctrl+L`. */
export const KeyMap = z.record(KeyFunctionName, z.string());
export type KeyMap = z.infer<typeof KeyMap>;

export const DEFAULT_KEYS = Object.fromEntries(KEY_FUNCTIONS.map(({ name, key }) => [name, key])) as KeyMap;

/** A key as it is printed on the keyboard: `Ctrl+Delete` is `Ctrl Del`. */
export function keyCap(key: string): string {
  return key.length === 1 ? key : key.replaceAll('+', ' ').replace('Delete', 'Del').replace('Escape', 'Esc');
}

/** A key as `aria-keyshortcuts` spells it. */
export function keyShortcut(key: string): string {
  return key.replace('Ctrl', 'Control').replace(/^Esc$/, 'Escape');
}
