/**
 * Who speaks with the core. The window stands where anybody may sit; the command line is the machine's own account, which
 * could change the files just as well.
 */
export type Caller = { readonly isWindow: boolean };
