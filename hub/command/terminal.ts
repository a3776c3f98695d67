import { printable } from "../../core/reading/fault.ts";

/** Says a line of a command's answer; whatever a file, a name or a reason holds does not steer the terminal. */
export function say(line: string): void {
	console.log(printable(line));
}

/** The same for what went wrong, or is only said to whoever waits. */
export function complain(line: string): void {
	console.error(printable(line));
}
