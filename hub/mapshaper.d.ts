/** The package states no types: of it this one function is used. */
declare module "mapshaper" {
	const mapshaper: {
		/** Runs commands of the command line on files held in memory, and answers the files they write. */
		applyCommands(
			commands: string,
			input: Record<string, string>,
		): Promise<Record<string, string | Uint8Array>>;
	};
	export default mapshaper;
}
