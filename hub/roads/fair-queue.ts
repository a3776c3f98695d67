/** Something that waits, of whom, and how large it is (bytes). */
export interface Waiting {
	/** Whose turns are shared: a source. */
	readonly source: string;
	/** One of those who speak for it. */
	readonly sender: string;
	readonly bytes: number;
	/** Two with the same content are never taken at once. */
	readonly content: string;
}

/** What everything costs beside its bytes, in bytes: a small report takes a turn as well. */
const COST = 4096;

interface Line<T> {
	/** What its turns have cost, as if it had always waited. */
	spent: number;
	senders: Map<string, T[]>;
	count: number;
}

/**
 * Who waits, by source and sender. Turns go to the source whose turns have cost least (start-time fair queueing: Goyal, Vin and Cheng 1996), and among its senders in a
 * round: a source that sends a thousand files, or large ones, waits for its own and no other.
 */
export class FairQueue<T extends Waiting> {
	private readonly lines = new Map<string, Line<T>>();
	/** Where the source stood whose turn was last: who comes anew begins there, without the turns that it did not want. */
	private clock = 0;
	size = 0;

	add(one: T): void {
		let line = this.lines.get(one.source);
		if (!line) {
			line = { spent: 0, senders: new Map(), count: 0 };
			this.lines.set(one.source, line);
		}
		if (line.count === 0) line.spent = Math.max(line.spent, this.clock);
		const own = line.senders.get(one.sender);
		if (own) own.push(one);
		else line.senders.set(one.sender, [one]);
		line.count++;
		this.size++;
	}

	/**
	 * Takes those whose turn it is: at least one, together at most so many bytes, at most one of each sender, so that what one of them says
	 * is taken in its order.
	 */
	take(most: number, mostBytes: number): T[] {
		const taken: T[] = [];
		const contents = new Set<string>();
		const served = new Set<string>();
		/** Sources that have no more of which it could be the turn. */
		const done = new Set<string>();
		let bytes = 0;
		while (taken.length < most) {
			let next: [string, Line<T>] | undefined;
			for (const entry of this.lines)
				if (
					entry[1].count > 0 &&
					!done.has(entry[0]) &&
					(!next || entry[1].spent < next[1].spent)
				)
					next = entry;
			if (!next) break;
			const [source, line] = next;
			const [sender, one] = firstOf(line, served);
			if (!one || contents.has(one.content)) {
				done.add(source);
				continue;
			}
			// What does not fit any more has the first turn of the next time.
			if (taken.length > 0 && bytes + one.bytes > mostBytes) break;
			this.remove(line, sender);
			served.add(sender);
			contents.add(one.content);
			taken.push(one);
			bytes += one.bytes;
			this.clock = line.spent;
			line.spent += COST + one.bytes;
		}
		return taken;
	}

	private remove(line: Line<T>, sender: string): void {
		const own = line.senders.get(sender) ?? [];
		own.shift();
		// Behind all others of its source.
		line.senders.delete(sender);
		if (own.length > 0) line.senders.set(sender, own);
		line.count--;
		this.size--;
	}
}

/** Whose turn it is of a source, and what they have. */
function firstOf<T>(
	{ senders }: Line<T>,
	served: ReadonlySet<string>,
): [string, T | undefined] {
	for (const [sender, own] of senders)
		if (!served.has(sender)) return [sender, own[0]];
	return ["", undefined];
}
