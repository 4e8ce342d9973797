import Fastify from 'fastify';
import mongoose from 'mongoose';
import { PrismaClient } from '@prisma/client';
import { Model } from 'objection';
import merge from 'lodash/merge.js';

const prisma = new PrismaClient();
const app = Fastify();

const Student = mongoose.model('Student', new mongoose.Schema({
  name: String,
  phone: String,
  grade: Number,
  isTutor: Boolean,
}));

class Course extends Model {
  static get tableName() {
    return 'courses';
  }
}

class Enrolment {
  constructor() {
    this.status = 'pending';
    this.discount = 0;
  }

  fill(values) {
    for (const key in values) {
      if (key in this || key === 'courseId' || key === 'note') {
        this[key] = values[key]; // flaw: mass-assignment
      }
    }
    return this;
  }
}

const cleaned = (body, keys) => Object.fromEntries(keys.filter((k) => k in body).map((k) => [k, String(body[k])]));

app.post('/students', async (request, reply) => {
  const student = new Student(request.body); // flaw: mass-assignment
  await student.save();
  reply.code(201);
  return { id: student.id };
});

app.post('/students/apply', async (request, reply) => {
  const { name, phone } = request.body;
  const student = new Student({ name, phone, grade: 0, isTutor: false }); // fine: mass-assignment
  await student.save();
  reply.code(201);
  return { id: student.id };
});

app.patch('/students/me', async (request) => {
  const set = {};
  for (const [key, value] of Object.entries(request.body)) {
    if (value !== '') {
      set[key] = value;
    }
  }
  await Student.findByIdAndUpdate(request.user.id, { $set: set }); // flaw: mass-assignment
  return { ok: true };
});

app.patch('/students/me/contact', async (request) => {
  const set = cleaned(request.body, ['name', 'phone']);
  await Student.findByIdAndUpdate(request.user.id, { $set: set }); // fine: mass-assignment
  return { ok: true };
});

app.post('/enrolments', async (request) => {
  const enrolment = new Enrolment().fill(request.body);
  await prisma.enrolment.create({ data: { courseId: Number(enrolment.courseId), status: enrolment.status, discount: enrolment.discount } });
  return { status: enrolment.status };
});

app.put('/teachers/me', async (request) => {
  const { confirm, ...data } = request.body;
  if (!confirm) {
    return { ok: false };
  }
  await prisma.teacher.update({ where: { id: request.user.id }, data }); // flaw: mass-assignment
  return { ok: true };
});

app.put('/teachers/me/bio', async (request) => {
  await prisma.teacher.update({ where: { id: request.user.id }, data: { bio: String(request.body.bio) } }); // fine: mass-assignment
  return { ok: true };
});

app.post('/courses', async (request) => {
  const defaults = { title: 'Untitled', published: false, teacherId: request.user.id };
  const course = await Course.query().insert(merge(defaults, request.body)); // flaw: mass-assignment
  return { id: course.id };
});

app.post('/courses/draft', {
  schema: {
    body: {
      type: 'object',
      additionalProperties: false,
      required: ['title'],
      properties: { title: { type: 'string', maxLength: 120 } },
    },
  },
}, async (request) => {
  const course = await Course.query().insert({ ...request.body, published: false, teacherId: request.user.id }); // fine: mass-assignment
  return { id: course.id };
});

export default app;
