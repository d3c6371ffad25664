/** How something looks as a row of a view. */
export interface RowLook {
  readonly label: string;
  readonly description: string;
  readonly icon?: string;
  /** Id of the icon's theme colour; none where it is to look like text. */
  readonly color?: string;
  /** The whole row in words. */
  readonly spoken: string;
  /** For `when` clauses. */
  readonly traits: string;
}
