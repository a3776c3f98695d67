import { ActionIcon, Popover } from "@mantine/core";
import { BookA } from "lucide-react";
import type { Term } from "../../../core/dictionary/entry.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./meaning.module.css";
import Meaning from "./meaning.tsx";

/** A sign that opens what a term means. @param name as it stands in the label beside it */
export default function MeaningPopover({
	term,
	name,
}: {
	term: Term;
	name: string;
}) {
	const { t } = useLanguage();
	const says = t("dictionary.meaning", { term: name });
	return (
		<Popover
			position="bottom-start"
			withArrow
			shadow="md"
			trapFocus
			returnFocus
		>
			<Popover.Target>
				<ActionIcon
					size="sm"
					variant="subtle"
					color="gray"
					className={styles.sign}
					aria-label={says}
					title={says}
					data-testid={`meaning-of-${term}`}
				>
					<BookA size="1em" aria-hidden />
				</ActionIcon>
			</Popover.Target>
			<Popover.Dropdown className={styles.dropdown}>
				<Meaning term={term} />
			</Popover.Dropdown>
		</Popover>
	);
}
