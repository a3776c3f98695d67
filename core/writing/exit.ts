/** How a command of ours ends, the hub's and the analysts' alike: the exit code of its process. */
export const EXIT = {
	done: 0,
	/** Done, and not all came of it: rows are in quarantine, a value differs, of some series nothing can be told, what is held fast clashes. */
	incomplete: 1,
	/** The command line is wrong; nothing was done. */
	usage: 2,
	/** Failed: a file that cannot be used, a database that ended. Nothing was changed or written. */
	failed: 3,
	interrupted: 130,
} as const;
