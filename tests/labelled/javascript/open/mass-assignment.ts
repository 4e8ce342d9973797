import { Router, Request, Response } from 'express';
import { Model, DataTypes, Sequelize } from 'sequelize';
import pick from 'lodash/pick';

const sequelize = new Sequelize(process.env.DATABASE_URL as string);
const EDITABLE = ['displayName', 'bio', 'timezone'];

class User extends Model {
  declare id: number;
  declare role: string;
}
User.init(
  { email: DataTypes.STRING, displayName: DataTypes.STRING, bio: DataTypes.TEXT, timezone: DataTypes.STRING, role: DataTypes.STRING, credits: DataTypes.INTEGER },
  { sequelize, modelName: 'user' },
);

class Project extends Model {}
Project.init(
  { title: DataTypes.STRING, ownerId: DataTypes.INTEGER, plan: DataTypes.STRING, approved: DataTypes.BOOLEAN },
  { sequelize, modelName: 'project' },
);

const router = Router();

async function applyChanges(id: number, changes: Record<string, unknown>): Promise<void> {
  const user = await User.findByPk(id);
  if (user) {
    await user.update(changes); // flaw: mass-assignment
  }
}

router.post('/users', async (req: Request, res: Response) => {
  const user = await User.create(req.body); // flaw: mass-assignment
  res.status(201).json({ id: user.id });
});

router.post('/signup', async (req: Request, res: Response) => {
  const user = await User.create(req.body, { fields: ['email', 'displayName'] }); // fine: mass-assignment
  res.status(201).json({ id: user.id });
});

router.patch('/me', async (req: Request, res: Response) => {
  const changes = { ...req.body, updatedBy: 'self' };
  await applyChanges(res.locals.userId, changes);
  res.status(204).end();
});

router.patch('/me/profile', async (req: Request, res: Response) => {
  await User.update(pick(req.body, EDITABLE), { where: { id: res.locals.userId } }); // fine: mass-assignment
  res.status(204).end();
});

router.post('/projects', async (req: Request, res: Response) => {
  const attributes = Object.assign({ ownerId: res.locals.userId }, req.body);
  const project = Project.build(attributes); // flaw: mass-assignment
  await project.save();
  res.status(201).end();
});

router.post('/projects/draft', async (req: Request, res: Response) => {
  const { title } = req.body;
  await Project.create({ title: String(title), ownerId: res.locals.userId, plan: 'free', approved: false }); // fine: mass-assignment
  res.status(201).end();
});

router.put('/projects/:id', async (req: Request, res: Response) => {
  const project = await Project.findOne({ where: { id: Number(req.params.id), ownerId: res.locals.userId } });
  if (!project) {
    res.status(404).end();
    return;
  }
  for (const key of Object.keys(req.body)) {
    project.set(key as any, req.body[key]); // flaw: mass-assignment
  }
  await project.save();
  res.status(204).end();
});

router.put('/projects/:id/title', async (req: Request, res: Response) => {
  const allowed = ['title'];
  const values: Record<string, unknown> = {};
  for (const key of allowed) {
    values[key] = req.body[key];
  }
  await Project.update(values, { where: { id: Number(req.params.id), ownerId: res.locals.userId } }); // fine: mass-assignment
  res.status(204).end();
});

export default router;
