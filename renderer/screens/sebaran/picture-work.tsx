import { Button, Progress } from "@mantine/core";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./export.module.css";

/** What is done for a picture at the moment. */
export interface PictureStep {
	readonly kind: "sources" | "maps" | "drawing" | "file";
	/** Steps before it, of all of them. */
	readonly done: number;
	readonly of: number;
}

/** How far a picture or a sheet is, and the way out of it. */
export function PictureWork({
	step: { kind, done, of },
	cancel,
}: {
	step: PictureStep;
	cancel: () => void;
}) {
	const { t } = useLanguage();
	return (
		<div className={styles.work} role="status" data-testid="picture-work">
			<p>{t(`mapExport.step.${kind}`)}</p>
			<Progress
				value={(done / of) * 100}
				aria-label={t(`mapExport.step.${kind}`)}
			/>
			<Button
				size="compact-sm"
				variant="default"
				onClick={cancel}
				data-testid="picture-cancel"
			>
				{t("mapExport.cancel")}
			</Button>
		</div>
	);
}
