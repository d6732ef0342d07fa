import type { Sweep, SweepCriterion, SweepRow } from './sweep.ts';

/** A number of clusters, and how sure it is. */
export interface ClusterCount {
  readonly clusters: number;
  /** How far the criteria agree: all of them, more than half, or fewer. */
  readonly agreement: 'all' | 'most' | 'none';
  /** The same in a sentence, with what each criterion picks. */
  readonly why: string;
}

/** Criteria that vote, the one that decides without a majority first. AIC is left out: it picks too many clusters. */
const VOTING: readonly SweepCriterion[] = ['bic', 'silhouette', 'gap', 'stability'];

/**
 * One number of clusters from a sweep: the one that more than half of the criteria pick, else that of BIC (mixtures) or of the
 * silhouette. At least 2, because one cluster is no answer. It is not sure when a criterion finds only one: the others compare
 * numbers from 2 on, and agree on some number in points without clusters, too. That it is the largest number tried is said.
 *
 * @returns undefined when no criterion picks a number of at least 2
 */
export function chooseClusters({
  picks,
  rows = [],
}: Pick<Sweep, 'picks'> & { readonly rows?: readonly Pick<SweepRow, 'clusters'>[] }):
  | ClusterCount
  | undefined {
  const votes = VOTING.flatMap((criterion) => {
    const clusters = picks[criterion];
    return clusters === undefined ? [] : [{ criterion, clusters }];
  });
  const first = votes.find(({ clusters }) => clusters > 1);
  if (first === undefined) return undefined;
  const most = votes.find(({ clusters }) => clusters > 1 && 2 * countOf(clusters, votes) > votes.length);
  const { clusters } = most ?? first;
  const agreeing = countOf(clusters, votes);
  const end = rows.length > 1 && clusters === rows.at(-1)?.clusters ? ' It is the largest number tried.' : '';
  const said = votes.map(({ criterion, clusters: picked }) => `${criterion} ${picked}`).join(', ');
  if (agreeing === votes.length) {
    const who = votes.length === 1 ? 'the only criterion picks it' : 'all criteria agree';
    return { clusters, agreement: 'all', why: `${clusters} clusters: ${who} (${said}).${end}` };
  }
  const single = votes.filter((vote) => vote.clusters === 1).map(({ criterion }) => criterion);
  if (single.length > 0) {
    const who = `${single.join(' and ')} ${single.length === 1 ? 'finds' : 'find'}`;
    const why = `${clusters} clusters, but perhaps there are none: ${who} no clusters at all (${said}).${end}`;
    return { clusters, agreement: 'none', why };
  }
  return most
    ? { clusters, agreement: 'most', why: `${clusters} clusters: most criteria agree (${said}).${end}` }
    : {
        clusters,
        agreement: 'none',
        why: `${clusters} clusters, which is not sure: the criteria disagree (${said}), so ${first.criterion} decides.${end}`,
      };
}

function countOf(clusters: number, votes: readonly { clusters: number }[]): number {
  return votes.filter((vote) => vote.clusters === clusters).length;
}
