import { ActionIcon, Popover } from "@mantine/core";
import { BookA } from "lucide-react";
import { useState } from "react";
import type { Term } from "../../../core/dictionary/entry.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useWall } from "../../state/wall.ts";
import { fetched } from "./fetched.tsx";
import styles from "./meaning.module.css";

/** Fetched when somebody asks: no first picture waits for definitions. */
const Meaning = fetched(() => import("./meaning.tsx"));

/**
 * Beside a label: what it means, from the dictionary. Not on a wall, where nobody presses anything.
 * @param name as it stands in the label: its own comes with the dictionary
 */
export function MeaningButton({ term, name }: { term: Term; name: string }) {
	const { t } = useLanguage();
	const [opened, setOpened] = useState(false);
	if (useWall()) return null;
	const says = t("value.meaningOf", { term: name });
	return (
		<Popover
			opened={opened}
			onChange={setOpened}
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
					onClick={() => setOpened(!opened)}
					data-testid={`meaning-of-${term}`}
				>
					<BookA size="1em" aria-hidden />
				</ActionIcon>
			</Popover.Target>
			<Popover.Dropdown className={styles.dropdown}>
				{opened && <Meaning term={term} waiting={t("app.loading")} />}
			</Popover.Dropdown>
		</Popover>
	);
}
