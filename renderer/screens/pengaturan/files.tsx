import { Alert, Button, FileButton } from "@mantine/core";
import { Download, Undo2, Upload } from "lucide-react";
import { useState } from "react";
import {
	ImportSettings,
	LONGEST_IMPORT,
	SettingsExport,
	TakeBackImport,
} from "../../../core/api/workspace.ts";
import {
	BROUGHT_FILES,
	FILE_ENDING,
} from "../../../core/workspace/file-ending.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useCommand } from "../../state/answers.ts";
import { ask } from "../../state/ask.ts";
import { saveFile } from "../../state/desktop.ts";
import { useCurrentSettings } from "../../state/settings.ts";
import styles from "./pengaturan.module.css";

type Told =
	| { kind: "damaged" | "newer" | "tooLarge" | "takenBack" }
	| { kind: "failed"; message: string };

/** Taking settings along, bringing them in, and what became of files that could not be read. */
export function SettingsFiles() {
	const { t, format } = useLanguage();
	const { data } = useCurrentSettings();
	const bring = useCommand(ImportSettings);
	const takeBack = useCommand(TakeBackImport);
	const [told, setTold] = useState<Told | null>(null);

	const trying = (act: () => Promise<Told | null>) => async () => {
		setTold(null);
		try {
			setTold(await act());
		} catch (reason) {
			setTold({
				kind: "failed",
				message: reason instanceof Error ? reason.message : String(reason),
			});
		}
	};
	const exporting = trying(async () => {
		const { text } = await ask(SettingsExport, {});
		const day = new Date().toISOString().slice(0, 10);
		await saveFile(
			`blc-pengaturan_${day}.${FILE_ENDING}`,
			text,
			"application/json",
		);
		return null;
	});
	const importing = (file: File | null) =>
		trying(async () => {
			if (!file) return null;
			if (file.size > LONGEST_IMPORT) return { kind: "tooLarge" };
			const done = await bring.mutateAsync({
				text: (await file.text()) || " ",
			});
			return done && done.became !== "imported" ? { kind: done.became } : null;
		})();
	return (
		<section aria-labelledby="settings-files" className={styles.files}>
			<h3 id="settings-files">{t("settings.files")}</h3>
			<p className="muted">{t("settings.filesHelp")}</p>
			<div className="row">
				<Button
					variant="default"
					leftSection={<Download size="1em" aria-hidden />}
					data-testid="settings-export"
					onClick={exporting}
				>
					{t("settings.export")}
				</Button>
				<FileButton accept={BROUGHT_FILES} onChange={importing}>
					{(props) => (
						<Button
							{...props}
							variant="default"
							leftSection={<Upload size="1em" aria-hidden />}
							data-testid="settings-import"
						>
							{t("settings.import")}
						</Button>
					)}
				</FileButton>
				{data?.importedAt != null && (
					<Button
						variant="default"
						leftSection={<Undo2 size="1em" aria-hidden />}
						data-testid="settings-take-back"
						onClick={trying(async () => {
							await takeBack.mutateAsync({});
							return { kind: "takenBack" };
						})}
					>
						{t("settings.takeBack")}
					</Button>
				)}
			</div>
			{data?.importedAt != null && (
				<p role="status" data-testid="settings-imported">
					{t("settings.imported", { time: format.time(data.importedAt) })}
				</p>
			)}
			{told?.kind === "takenBack" && (
				<p role="status">{t("settings.takenBack")}</p>
			)}
			{told && told.kind !== "takenBack" && (
				<Alert color="red" role="alert" data-testid="settings-refused">
					{told.kind === "failed"
						? t("settings.failed", { message: told.message })
						: t(`settings.${told.kind}`)}
				</Alert>
			)}
			{data && data.setAside.length > 0 && (
				<>
					<h4>{t("settings.setAside")}</h4>
					<ul data-testid="settings-aside">
						{data.setAside.map(({ what, path, why }) => (
							<li key={path}>
								{t(`settings.aside.${why}`, {
									file: t(`settings.file.${what}`),
									path,
								})}
							</li>
						))}
					</ul>
				</>
			)}
			{data && (
				<p className="muted">{t("settings.folder", { folder: data.folder })}</p>
			)}
		</section>
	);
}
