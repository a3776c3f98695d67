import { printable } from "../../core/reading/fault.ts";

/** Says something beside the result; whatever a file holds does not steer the terminal. Line ends are the caller's. */
export function tell(text: string): void {
	process.stderr.write(printable(text));
}
