/** All in ms. Tests shorten them. */
export interface SyncTiming {
	/** Without a byte of an answer. */
	readonly request: number;
	/** Without a sign of life on the live connection. */
	readonly stall: number;
	readonly retryLeast: number;
	readonly retryMost: number;
	/** Between two snapshots of a hub that leads in circles: each costs a whole download. */
	readonly circling: number;
	/** Between two full comparisons with the hub's digest. */
	readonly compare: number;
	/** After a snapshot was fetched, before it is compared. */
	readonly compareFetched: number;
	/** Before a comparison that could not be finished is tried again. */
	readonly compareAgain: number;
}

export const TIMING: SyncTiming = {
	request: 15_000,
	stall: 40_000,
	retryLeast: 500,
	retryMost: 30_000,
	circling: 600_000,
	compare: 86_400_000,
	compareFetched: 60_000,
	compareAgain: 60_000,
};
