import { availableParallelism } from "node:os";
import {
	COUNTED_INDICATORS,
	isStatedAt,
} from "../../../core/series/indicator.ts";
import {
	Thread,
	ThreadEnded,
	ThreadFailure,
	threadFile,
} from "../../../machine/thread/thread.ts";
import type {
	Prepared,
	QueryAnswer,
	QueryName,
	QueryRequest,
} from "./queries.ts";
import type { ReaderMethods } from "./reader-methods.ts";
import { Refusal, type RefusalStatus } from "./refusal.ts";

/** The indicators of which a window may show figures of the country. */
const PREPARED = COUNTED_INDICATORS.filter((one) => isStatedAt(one, "nation"));
/**
 * Questions that are answered from what all facilities reported of the weeks up to a day. Reading that costs seconds and much memory, so one reader
 * does it for all of them.
 */
const OF_FACILITIES: ReadonlySet<QueryName> = new Set<QueryName>([
	"demandReading",
	"dispatchInput",
	"facilityExplanation",
	"facilityStates",
	"facilityStock",
	"facilitySupply",
	"heldStock",
	"referral",
	"scenarioFigures",
	"shortage",
	"stockFormulas",
]);
/** Queries slower than this many milliseconds are reported. */
const SLOW_QUERY = 40;
/** A reader that answers nothing for so many milliseconds while it is asked is replaced. */
const GIVE_UP = 60_000;
/** When nobody has asked for so many milliseconds, readers prepare for the next window. */
const QUIET = 2_000;

export interface ReaderPool {
	/**
	 * Asks the replica in use.
	 * @throws Refusal when the question cannot be answered, "no-replica" among them; Error when the replica cannot be read
	 */
	ask<N extends QueryName>(
		name: N,
		request: QueryRequest<N>,
	): Promise<{ seq: number; answer: QueryAnswer<N> }>;
	/** Lets every reader close the file it has open; the next question opens the replica then in use in this folder. */
	letGo(folder: string): Promise<void>;
	close(): Promise<void>;
}

export interface ReaderPoolOptions {
	/** Folder of the replica. */
	folder: string;
	readers?: number;
	/** Slow queries and lost readers. */
	report: (message: string) => void;
	/** The file of the replica is damaged. */
	onDamaged?: () => void;
	/** Instead of GIVE_UP. */
	giveUp?: number;
	/** Entry of a reader thread; beside this file, with the same extension, when left out. */
	worker?: URL;
}

type Reader = Thread<ReaderMethods>;
type Question = Parameters<ReaderMethods["ask"]>[0];

export function createReaderPool(options: ReaderPoolOptions): ReaderPool {
	const size = options.readers ?? Math.min(4, availableParallelism());
	let { folder } = options;
	const readers: Reader[] = [];
	/** The publication for which a reader has prepared. */
	const preparedFor = new WeakMap<Reader, number>();
	const giveUp = options.giveUp ?? GIVE_UP;
	/** When a reader answered last, or was asked while it had nothing to do. */
	const movedAt = new WeakMap<Reader, number>();
	let quiet: NodeJS.Timeout | undefined;
	let closed = false;

	// The first question should not wait for a thread to load.
	const ofFacilities = start();

	function start(): Reader {
		const reader: Reader = new Thread({
			file: options.worker ?? threadFile("reader-worker", import.meta.url),
			name: "reader",
			give: () => ({ folder }),
			restarts: true,
			onLost: (error) => {
				preparedFor.delete(reader);
				options.report(`reader lost: ${error.stack ?? error.message}`);
			},
			onTook: (method, argument, took) => {
				movedAt.set(reader, performance.now());
				if (method !== "ask" || took <= SLOW_QUERY) return;
				const { name, request } = argument as Question;
				options.report(
					`slow: ${name} ${took.toFixed(0)} ms ${JSON.stringify(request) ?? ""}`,
				);
			},
		});
		reader.start();
		readers.push(reader);
		return reader;
	}

	/** The reader with the least to do. */
	function least(): Reader {
		const idle = readers.find(({ waiting }) => waiting === 0);
		// One more thread takes longer to load than most answers; it is there for the next questions.
		if (!idle && readers.length < size) start();
		return (
			idle ??
			readers.reduce((least, other) =>
				other.waiting < least.waiting ? other : least,
			)
		);
	}

	/**
	 * Once nobody asks, every reader computes what figures are read from: whichever answers the next window has it then, also of a new
	 * publication; and the one that answers about facilities what that is read from. One after the other, so that a question that comes
	 * meanwhile waits for one of them at most.
	 */
	async function prepare(seq: number): Promise<void> {
		const began = quiet;
		for (const reader of readers) {
			if (preparedFor.get(reader) === seq) continue;
			const all: Prepared[] = PREPARED.map(({ key }) => key);
			if (reader === ofFacilities) all.push("facilities");
			for (const what of all) {
				if (quiet !== began || closed) return;
				if ((await reader.call("prepare", what)) !== seq) return;
			}
			preparedFor.set(reader, seq);
		}
	}

	function prepareWhenQuiet(seq: number): void {
		clearTimeout(quiet);
		if (closed || readers.every((one) => preparedFor.get(one) === seq)) return;
		// What cannot be read is told to whoever asks for it.
		quiet = setTimeout(() => void prepare(seq).catch(() => {}), QUIET).unref();
	}

	/** A question is asked once more when its reader dies over it. */
	async function ask(question: Question, triesLeft: number) {
		if (closed) throw new Error(`reader ended during ${question.name}`);
		const reader = OF_FACILITIES.has(question.name) ? ofFacilities : least();
		if (reader.waiting === 0) movedAt.set(reader, performance.now());
		// What waits for others that are answered is no sign of a reader that hangs: it would be killed over a long queue, and all in it be asked anew.
		let timer: NodeJS.Timeout;
		const watch = (): void => {
			const left =
				(movedAt.get(reader) ?? performance.now()) + giveUp - performance.now();
			if (left > 0) {
				timer = setTimeout(watch, Math.ceil(left));
				return;
			}
			options.report(
				`reader replaced: nothing was answered for ${giveUp} ms while ${question.name} waited`,
			);
			// The one that takes its place begins anew.
			movedAt.set(reader, performance.now());
			void reader.kill();
		};
		timer = setTimeout(watch, giveUp);
		try {
			return await reader.call("ask", question);
		} catch (error) {
			if (error instanceof ThreadFailure) throw refusalOf(error);
			if (!(error instanceof ThreadEnded)) throw error;
		} finally {
			clearTimeout(timer);
		}
		if (triesLeft === 0)
			throw new Error(`reader ended during ${question.name}`);
		return ask(question, triesLeft - 1);
	}

	function refusalOf({ name, message, code, status }: ThreadFailure): Error {
		if (name === "Refusal")
			return new Refusal(status as RefusalStatus, code ?? "", message);
		if (/^SQLITE_(CORRUPT|NOTADB)/.test(code ?? "")) options.onDamaged?.();
		return new Error(`${code ?? "internal"}: ${message}`);
	}

	return {
		async ask(name, request) {
			if (closed) throw new Error("the readers are closed");
			const answered = await ask({ name, request }, 1);
			prepareWhenQuiet(answered.seq);
			return answered as { seq: number; answer: QueryAnswer<typeof name> };
		},
		async letGo(next) {
			folder = next;
			for (const reader of readers) preparedFor.delete(reader);
			// A reader that dies over it has let go as well.
			await Promise.allSettled(
				readers.map((reader) => reader.call("letGo", next)),
			);
		},
		async close() {
			closed = true;
			clearTimeout(quiet);
			await Promise.all(readers.map((reader) => reader.close()));
		},
	};
}
