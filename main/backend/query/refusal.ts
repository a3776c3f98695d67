/** A request that cannot be answered, with what was found and what was expected. */
export class Refusal extends Error {
	readonly status: 400 | 404 | 503;
	readonly code: string;

	constructor(status: 400 | 404 | 503, code: string, message: string) {
		super(message);
		this.name = "Refusal";
		this.status = status;
		this.code = code;
	}
}
