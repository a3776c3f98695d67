import { Alert, Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { Basemap } from "../../../core/api/basemap.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { basemapProblem } from "../../parts/ui/basemap-problem.ts";
import { useAnswer } from "../../state/answers.ts";
import styles from "./pengaturan.module.css";

/** A file of this workstation below the figures of its maps: chosen by its path, since no file leaves the disk. */
export function BasemapFile({
	choose,
}: {
	choose: (path: string | null) => void;
}) {
	const { t } = useLanguage();
	const { data } = useAnswer(Basemap, {}, { keepLast: true });
	const [written, setWritten] = useState<string | null>(null);
	if (!data) return null;
	const { archive, given } = data;
	const path = written ?? archive?.path ?? "";
	const isNew = path.trim() !== "" && path.trim() !== archive?.path;
	return (
		<form
			className={styles.choice}
			data-testid="settings-basemap"
			onSubmit={(event) => {
				event.preventDefault();
				if (!isNew) return;
				setWritten(null);
				choose(path.trim());
			}}
		>
			<TextInput
				label={t("basemap.label")}
				description={t(given ? "basemap.given" : "basemap.help")}
				placeholder="/data/indonesia.pmtiles"
				disabled={given}
				value={path}
				onChange={({ currentTarget }) => setWritten(currentTarget.value)}
			/>
			<div className={styles.values}>
				<Button type="submit" variant="default" disabled={given || !isNew}>
					{t("basemap.use")}
				</Button>
				<Button
					variant="default"
					disabled={given || !archive}
					onClick={() => {
						setWritten(null);
						choose(null);
					}}
				>
					{t("basemap.none")}
				</Button>
			</div>
			{archive?.kind === "unusable" ? (
				<Alert color="red" role="alert">
					{basemapProblem(t, archive)}
				</Alert>
			) : (
				archive && (
					<p className="muted" role="status">
						{t(`basemap.drawn.${archive.kind}`, {
							attribution: archive.attribution || t("basemap.nobody"),
							min: archive.minZoom,
							max: archive.maxZoom,
						})}
					</p>
				)
			)}
		</form>
	);
}
