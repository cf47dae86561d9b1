import { ActionIcon, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/icons.js';
import { parseSearch } from './parse-search.js';

/** One box for everything on the ledger; `/` and Ctrl K lead to it from anywhere. */
export function SearchBox() {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const focus = () => input.current?.focus();
  useHotkeys([
    ['/', focus],
    ['mod+K', focus],
  ]);

  const find = async (): Promise<void> => {
    const found = parseSearch(text);
    if (found.kind === 'thing') await navigate({ to: '/items/item', search: { id: found.id } });
    else if (found.kind === 'entry') await navigate({ to: '/chain/entries/$entryId', params: { entryId: found.id } });
    else if (found.kind === 'block')
      await navigate({ to: '/chain/blocks/$height', params: { height: String(found.height) } });
    else await navigate({ to: '/items', search: { q: text.trim() } });
  };

  return (
    <form
      role="search"
      className="search-box"
      onSubmit={(event) => {
        event.preventDefault();
        void find();
      }}
    >
      <TextInput
        ref={input}
        type="search"
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        leftSection={<Icon name="search" size={16} />}
        rightSection={
          <ActionIcon type="submit" variant="subtle" color="gray" aria-label={t('search.submit')}>
            <Icon name="check" size={14} />
          </ActionIcon>
        }
        radius="xl"
      />
    </form>
  );
}
