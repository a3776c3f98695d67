/** What a task that runs again and again says of itself: a fault once, again when its reason changes, and that it works again. */
export interface StandingFault {
	failed(reason: unknown): void;
	works(): void;
}

/** @param task what runs, as the subject of both sentences: "sequencing" */
export function standingFault(
	task: string,
	log: (line: string) => void,
): StandingFault {
	let told: string | null = null;
	return {
		failed(reason) {
			const line = `${task} failed: ${reason}`;
			if (line !== told) log(line);
			told = line;
		},
		works() {
			if (told !== null) log(`${task} works again`);
			told = null;
		},
	};
}
