import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { QueryAnswer, QueryName, QueryRequest } from "./queries.ts";
import type { ReaderReply, ReaderRequest } from "./reader-message.ts";
import { Refusal } from "./refusal.ts";

/** Queries slower than this many milliseconds are reported. */
const SLOW_QUERY = 40;
/** A reader that does not answer for so many milliseconds is replaced. */
const GIVE_UP = 60_000;

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
	/** Entry of a reader thread; beside this file, with the same extension, when left out. */
	worker?: URL;
}

interface Question {
	number: number;
	name: QueryName;
	request: unknown;
	resolve: (value: { seq: number; answer: never }) => void;
	reject: (error: Error) => void;
	/** A question is asked once more when its reader dies over it. */
	triesLeft: number;
	timer?: NodeJS.Timeout;
}

interface Reader {
	worker: Worker;
	waiting: Map<number, Question>;
}

export function createReaderPool(options: ReaderPoolOptions): ReaderPool {
	const size = options.readers ?? Math.min(4, availableParallelism());
	// In a variable, so that a bundler leaves the name to the running program.
	const beside = `./reader-worker${extname(new URL(import.meta.url).pathname)}`;
	const entry = options.worker ?? new URL(beside, import.meta.url);
	let { folder } = options;
	const readers: Reader[] = [];
	let numbers = 0;
	let closed = false;

	function start(): Reader {
		const worker = new Worker(entry, {
			workerData: { folder },
		});
		const reader: Reader = { worker, waiting: new Map() };
		worker.on("message", (reply: ReaderReply) => settle(reader, reply));
		worker.on("error", (error) =>
			options.report(`reader lost: ${error.stack ?? error.message}`),
		);
		worker.on("exit", () => lose(reader));
		worker.unref();
		readers.push(reader);
		return reader;
	}

	function settle(reader: Reader, reply: ReaderReply): void {
		const question = reader.waiting.get(reply.number);
		if (!question) return;
		reader.waiting.delete(reply.number);
		clearTimeout(question.timer);
		if (reader.waiting.size === 0) reader.worker.unref();
		if (reply.took > SLOW_QUERY)
			options.report(
				`slow: ${question.name} ${reply.took.toFixed(0)} ms ${JSON.stringify(question.request) ?? ""}`,
			);
		if (!("failure" in reply)) {
			question.resolve({ seq: reply.seq, answer: reply.answer as never });
			return;
		}
		const { status, code, message } = reply.failure;
		if (status === 400 || status === 404 || status === 503)
			question.reject(new Refusal(status, code, message));
		else question.reject(new Error(`${code}: ${message}`));
		if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) options.onDamaged?.();
	}

	function lose(reader: Reader): void {
		readers.splice(readers.indexOf(reader), 1);
		for (const question of reader.waiting.values()) {
			clearTimeout(question.timer);
			if (closed || question.triesLeft === 0)
				question.reject(new Error(`reader ended during ${question.name}`));
			else send({ ...question, triesLeft: question.triesLeft - 1 });
		}
		reader.waiting.clear();
	}

	function send(question: Question): void {
		const idle = readers.find((reader) => reader.waiting.size === 0);
		// One more thread takes longer to load than most answers; it is there for the next questions.
		if (!idle && readers.length < size) start();
		const reader =
			idle ??
			readers.reduce((least, other) =>
				other.waiting.size < least.waiting.size ? other : least,
			);
		question.timer = setTimeout(() => {
			options.report(
				`reader replaced: ${question.name} took longer than ${GIVE_UP} ms`,
			);
			void reader.worker.terminate();
		}, GIVE_UP);
		reader.waiting.set(question.number, question);
		reader.worker.ref();
		const { number, name, request } = question;
		reader.worker.postMessage({
			number,
			name,
			request,
		} satisfies ReaderRequest);
	}

	// The first question should not wait for a thread to load.
	start();

	return {
		ask(name, request) {
			if (closed) return Promise.reject(new Error("the readers are closed"));
			return new Promise((resolve, reject) => {
				send({
					number: ++numbers,
					name,
					request,
					resolve,
					reject,
					triesLeft: 1,
				});
			});
		},
		async letGo(next) {
			folder = next;
			await Promise.all(
				readers.map(
					({ worker }) =>
						new Promise<void>((resolve) => {
							const number = ++numbers;
							const heard = (reply: ReaderReply): void => {
								if (reply.number === number) settled();
							};
							const settled = (): void => {
								worker.off("message", heard);
								worker.off("exit", settled);
								resolve();
							};
							worker.on("message", heard);
							worker.on("exit", settled);
							worker.postMessage({
								number,
								name: "let-go",
								request: next,
							} satisfies ReaderRequest);
						}),
				),
			);
		},
		async close() {
			closed = true;
			await Promise.all(readers.map(({ worker }) => worker.terminate()));
		},
	};
}
