import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useLanguage } from "../../i18n/use-language.ts";
import { saveFile } from "../../state/desktop.ts";
import { PanelNotice } from "./panel.tsx";

/** What a panel hands over as a file; `notice` says in the panel what went wrong with the last. */
export function useSave(): {
	save: (
		name: string,
		content: () => string | Promise<string | Uint8Array<ArrayBuffer>>,
		type: string,
	) => Promise<void>;
	/** Does something else with what a panel shows, as printing it, and says as much when that fails. */
	hand: (work: () => Promise<void>) => Promise<void>;
	notice: ReactNode;
} {
	const { t } = useLanguage();
	const [problem, setProblem] = useState<string | null>(null);
	const hand = async (work: () => Promise<void>) => {
		setProblem(null);
		try {
			await work();
		} catch (reason) {
			// Whoever cancelled it knows.
			if ((reason as Error).name === "AbortError") return;
			setProblem(reason instanceof Error ? reason.message : String(reason));
		}
	};
	return {
		hand,
		save: (name, content, type) =>
			hand(async () => {
				await saveFile(name, await content(), type);
			}),
		notice: problem !== null && (
			<PanelNotice
				role="alert"
				action={
					<Button size="compact-sm" onClick={() => setProblem(null)}>
						{t("app.close")}
					</Button>
				}
			>
				{t("table.notSaved", { message: problem })}
			</PanelNotice>
		),
	};
}
