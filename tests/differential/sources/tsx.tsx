import React from 'react';

type Props = { name: string; items: string[] };

export const List = ({ name, items }: Props) => {
  const count = items.length;
  const shown = items.filter((i) => i !== '');
  const onClick = () => alert(name);
  return (
    <div className="list" onClick={() => onClick()}>
      <Title text={name} />
      <span>{count}</span>
      {shown.map((i) => <Row key={i} value={i}>{i}</Row>)}
    </div>
  );
};

function Title(props: { text: string }) {
  const text = props.text.trim();
  return <h1 className="title">{text}</h1>;
}
