import { ActionIcon } from "@mantine/core";
import { BookA } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Term } from "../../../core/dictionary/entry.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useWall } from "../../state/wall.ts";
import { fetched } from "./fetched.tsx";

/** Fetched when somebody asks: no first picture waits for definitions. */
const MeaningDrawer = fetched(() => import("./meaning-drawer.tsx"));

/**
 * Beside a label: what it means, from the dictionary. Not on a wall, where nobody presses anything.
 * @param name as it stands in the label: its own comes with the dictionary
 */
export function MeaningButton({ term, name }: { term: Term; name: string }) {
	const { t } = useLanguage();
	const [asked, setAsked] = useState<"never" | "now" | "before">("never");
	const sign = useRef<HTMLButtonElement>(null);
	// The drawer comes too late to know where the keyboard was.
	useEffect(() => {
		if (asked === "before") sign.current?.focus();
	}, [asked]);
	if (useWall()) return null;
	const says = t("value.meaningOf", { term: name });
	return (
		<>
			<ActionIcon
				ref={sign}
				size="sm"
				variant="subtle"
				color="gray"
				aria-label={says}
				title={says}
				aria-haspopup="dialog"
				onClick={() => setAsked("now")}
				data-testid={`meaning-of-${term}`}
			>
				<BookA size="1em" aria-hidden />
			</ActionIcon>
			{asked !== "never" && (
				<MeaningDrawer
					term={term}
					opened={asked === "now"}
					close={() => setAsked("before")}
					waiting={null}
				/>
			)}
		</>
	);
}
