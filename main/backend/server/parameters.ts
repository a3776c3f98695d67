import type { z } from "zod";
import { Refusal } from "../query/refusal.ts";

/**
 * Reads the parameters of a request.
 * @param found every value of every parameter, as in the address
 * @throws Refusal 400 naming each parameter, what was found and what was expected
 */
export function readParameters<T extends z.ZodType>(
	schema: T,
	found: Record<string, string[]>,
): z.output<T> {
	const repeated = Object.entries(found).filter(
		([, values]) => values.length > 1,
	);
	if (repeated.length > 0)
		throw new Refusal(
			400,
			"parameters",
			repeated
				.map(
					([key, values]) => `${key}: found ${quote(values)}, expected it once`,
				)
				.join("; "),
		);
	return read(
		schema,
		Object.fromEntries(
			Object.entries(found).map(([key, values]) => [key, values[0]]),
		),
	);
}

/** Reads what a command asks for. @throws Refusal 400 as for parameters */
export function readRequest<T extends z.ZodType>(
	schema: T,
	found: unknown,
): z.output<T> {
	return read(
		schema,
		typeof found === "object" && found !== null ? found : { request: found },
	);
}

function read<T extends z.ZodType>(schema: T, found: object): z.output<T> {
	const parsed = schema.safeParse(found);
	if (parsed.success) return parsed.data;
	const single = found as Record<string, unknown>;
	throw new Refusal(
		400,
		"parameters",
		parsed.error.issues
			.map((issue) => {
				if (issue.code === "unrecognized_keys")
					return `${issue.keys.map(quote).join(", ")}: not a parameter here`;
				const key = String(issue.path[0] ?? "request");
				const value =
					single[key] === undefined ? "nothing" : quote(single[key]);
				return `${key}: found ${value}, expected ${wanted(issue.message)}`;
			})
			.join("; "),
	);
}

/** What a schema asks for, without the words around it of the library that found it missing. */
function wanted(message: string): string {
	return message
		.replace(/^Invalid input: expected /, "")
		.replace(/, received .*$/, "");
}

/** As JSON and not longer than a line: what came in may be anything. */
function quote(value: unknown): string {
	const text = JSON.stringify(value);
	return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
