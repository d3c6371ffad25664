import * as vscode from 'vscode';
import type { Token } from '../../gitlab/token';
import { decodeAccount, type Account } from './account';

const accountsKey = 'accounts';
const secretPrefix = 'token:';

/**
 * Who is signed in where. Tokens lie in SecretStorage, one for each instance, under a key that holds the instance's address,
 * so that a token can only be found by the address it was entered for. What may be shown lies in the global state.
 */
export class Sessions implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #listener: vscode.Disposable;
  #accounts: readonly Account[];

  /** Fires with the instance whose token or account is another one now. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly state: vscode.Memento,
  ) {
    this.#accounts = this.#stored();
    this.#listener = secrets.onDidChange((event) => {
      if (event.key.startsWith(secretPrefix)) void this.#follow(event.key.slice(secretPrefix.length));
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  get accounts(): readonly Account[] {
    return this.#accounts;
  }

  account(instance: string): Account | undefined {
    return this.#accounts.find((account) => account.instance === instance);
  }

  async token(instance: string): Promise<Token | null> {
    const value = await this.secrets.get(secretPrefix + instance);
    return value === undefined ? null : { kind: 'private', value };
  }

  /** Keeps a token that the instance has accepted. */
  async add(account: Account, token: string): Promise<void> {
    await this.#remember([...this.#accounts.filter((other) => other.instance !== account.instance), account]);
    await this.secrets.store(secretPrefix + account.instance, token);
  }

  async remove(instance: string): Promise<void> {
    await this.#remember(this.#accounts.filter((account) => account.instance !== instance));
    await this.secrets.delete(secretPrefix + instance);
  }

  /** This window or another one signed in or out. Where another did, its account may not have arrived here yet. */
  async #follow(instance: string): Promise<void> {
    const there = (await this.secrets.get(secretPrefix + instance)) !== undefined;
    if (there !== (this.account(instance) !== undefined)) {
      const stored = this.#stored().find((account) => account.instance === instance);
      const others = this.#accounts.filter((account) => account.instance !== instance);
      this.#accounts = there ? [...others, stored ?? { instance, user: null, scopes: null, expiresAt: null }] : others;
    }
    this.#changed.fire(instance);
  }

  async #remember(accounts: readonly Account[]): Promise<void> {
    this.#accounts = accounts;
    await this.state.update(accountsKey, accounts);
  }

  #stored(): readonly Account[] {
    const stored = this.state.get<unknown>(accountsKey);
    return Array.isArray(stored) ? stored.map(decodeAccount).filter((account) => account !== null) : [];
  }
}
