import { Detail } from "./details.ts";

/**
 * Which details a dataset says that it still lacks.
 * @param entries of the published table `dataset`; `facilities_follow` is how an earlier version said it
 */
export function stillToFollow(entries: {
	details_follow?: unknown;
	facilities_follow?: unknown;
}): Detail[] {
	const said = Array.isArray(entries.details_follow)
		? entries.details_follow
		: [];
	return Detail.options.filter(
		(detail) =>
			said.includes(detail) ||
			(detail === "facilities" && entries.facilities_follow === true),
	);
}
