/** One of several parts of the same work; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly total: number;
}

export const wholeRun: Shard = { index: 1, total: 1 };

/** Reads `2/5`; null for anything else, such as a part that is not there. */
export function parseShard(text: string): Shard | null {
  const [, index, total] = /^(\d{1,6})\/(\d{1,6})$/.exec(text.trim()) ?? [];
  const shard = { index: Number(index), total: Number(total) };
  return index !== undefined && shard.index >= 1 && shard.index <= shard.total ? shard : null;
}

/** Each project is in exactly one shard, and stays there whatever projects come and go: its id decides. */
export function isInShard({ index, total }: Shard, projectId: number): boolean {
  return projectId % total === index - 1;
}

export const shardText = ({ index, total }: Shard): string => `${index}/${total}`;
