/** Statuses that a refusal travels with. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 422 | 503;

/** A request that cannot be answered, with what was found and what was expected. */
export class Refusal extends Error {
	readonly status: RefusalStatus;
	readonly code: string;

	constructor(status: RefusalStatus, code: string, message: string) {
		super(message);
		this.name = "Refusal";
		this.status = status;
		this.code = code;
	}
}

/** What is answered, or null while there is no replica to answer from. */
export async function unlessEmpty<T>(asked: Promise<T>): Promise<T | null> {
	try {
		return await asked;
	} catch (error) {
		if (error instanceof Refusal && error.code === NO_REPLICA) return null;
		throw error;
	}
}

/** The code of a refusal for want of any data. */
export const NO_REPLICA = "no-replica";
