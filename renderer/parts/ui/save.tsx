import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useLanguage } from "../../i18n/use-language.ts";
import { saveFile } from "../../state/desktop.ts";
import { PanelNotice } from "./panel.tsx";

/** What a panel hands over as a file; `notice` says in the panel what went wrong with the last. */
export function useSave(): {
	save: (
		name: string,
		content: () => string | Promise<Uint8Array<ArrayBuffer>>,
		type: string,
	) => Promise<void>;
	notice: ReactNode;
} {
	const { t } = useLanguage();
	const [problem, setProblem] = useState<string | null>(null);
	return {
		async save(name, content, type) {
			setProblem(null);
			try {
				await saveFile(name, await content(), type);
			} catch (reason) {
				setProblem(reason instanceof Error ? reason.message : String(reason));
			}
		},
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
